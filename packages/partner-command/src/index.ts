export { liveClientsOfEnvironment, whereLiveClientsAre } from './shop/live-clients-of-environment.ts'
