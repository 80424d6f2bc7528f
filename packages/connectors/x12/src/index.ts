export { createX12Reader } from './x12-reader.ts'
export { X12Settings, type X12SettingsInput } from './x12-settings.ts'
