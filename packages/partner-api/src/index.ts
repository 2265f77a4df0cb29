export { PartnerApi } from './partner-api.ts'
