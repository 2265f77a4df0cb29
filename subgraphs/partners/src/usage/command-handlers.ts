import * as contracts from '@cartograph/contracts'
import { carriesOut, type CommandHandler } from '@cartograph/messaging'
import type { Database } from '../database.ts'
import { recordUsage } from './record-usage.ts'

/** What gateways have done here. */
export const commandHandlers: readonly CommandHandler<Database>[] = [carriesOut(contracts.recordUsage, recordUsage)]
