// reader
export { createUblReader } from './ubl-reader.ts'
// settings
export { UblSettings, type UblSettingsInput } from './ubl-settings.ts'
