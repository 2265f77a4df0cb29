export { partnerDocument } from './partner-document.ts'
export { PartnerApi } from './partner-api.ts'
