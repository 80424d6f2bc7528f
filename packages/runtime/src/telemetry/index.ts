export { attributesAllowed, createTelemetry, type TelemetrySettings } from './create-telemetry.ts'
export { telemetryId } from './attributes.ts'
export { measureHealth } from './measure-health.ts'
