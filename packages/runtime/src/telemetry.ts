export {
  attributesAllowed,
  createTelemetry,
  type TelemetrySettings,
} from './telemetry/create-telemetry.ts'
export { telemetryId } from './telemetry/attributes.ts'
export { measureHealth } from './telemetry/measure-health.ts'
