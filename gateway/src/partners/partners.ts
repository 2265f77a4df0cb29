import { partnerChanged } from '@cartograph/contracts'
import { type Logger, type Peer, peer } from '@cartograph/service-runtime/process'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type EventHandler, hearsOf } from '../events/events-route.ts'
import type { PersistedOperationsMode } from '../persisted-operations/operation-gate.ts'
import type { RefusableTexts } from '../persisted-operations/refusable-texts.ts'
import { PartnerBudgets } from './budget/partner-budgets.ts'
import type { PointsLedger } from './budget/points-ledger.ts'
import { followPartners } from './directory/follow-partners.ts'
import { PartnerDirectory } from './directory/partner-directory.ts'
import { PartnerGate } from './partner-gate.ts'
import { partnerHeaders } from './partner-headers.ts'
import { identifyKey, keyInHeader } from './partner-identity.ts'
import type { PartnerRequest } from './partner-request.ts'
import { PartnerUsage } from './usage/partner-usage.ts'

export interface PartnersOptions {
  /** Where partners answers, and the secret that it is asked under. */
  readonly url: string
  readonly signingSecret: string
  readonly ledger: PointsLedger
  readonly mode: PersistedOperationsMode
  readonly refusableTexts: RefusableTexts
  readonly logger: Logger
  /** Milliseconds of the epoch. */
  readonly now?: () => number
}

/** All that a gateway has of partners; made without waiting for the service. */
export interface Partners {
  readonly gate: PartnerGate
  readonly budgets: PartnerBudgets
  readonly usage: PartnerUsage
  readonly events: readonly EventHandler[]
  /** The partner whose key `request` shows, or null for a request without one. Throws as `identifyKey` does. */
  identify(request: FastifyRequest): PartnerRequest | null
  /** Adds the headers that partners are told things by, to the routes that `clients` gets from now on. */
  addHeaders(clients: FastifyInstance): void
  /** Sends what is still to be sent, within `mostMs`. To be called when no request is under way any more. */
  close(mostMs: number): Promise<void>
}

export function openPartners({
  url,
  signingSecret,
  ledger,
  mode,
  refusableTexts,
  logger,
  now = Date.now,
}: PartnersOptions): Partners {
  const service: Peer = peer({ caller: 'gateway', name: 'partners', url, secret: signingSecret })
  const directory = new PartnerDirectory()
  const followed = followPartners({ directory, partners: service, logger })
  const budgets = new PartnerBudgets(ledger)
  const usage = new PartnerUsage({ partners: service, logger, now })
  const asking = new WeakMap<FastifyRequest, PartnerRequest>()
  return {
    gate: new PartnerGate({ mode, refusableTexts, now }),
    budgets,
    usage,
    events: [
      hearsOf(partnerChanged, ({ payload, aggregateVersion }) => followed.changed(payload.partnerId, aggregateVersion)),
    ],
    identify(request) {
      const secret = keyInHeader(request.headers.authorization)
      if (secret === null) return null
      const key = identifyKey(directory, secret, now())
      usage.keyShown(key.keyId)
      const found: PartnerRequest = { key }
      asking.set(request, found)
      return found
    },
    addHeaders: (clients) =>
      void clients.addHook(
        'onSend',
        partnerHeaders((request) => asking.get(request) ?? null, budgets),
      ),
    async close(mostMs) {
      await followed.stop()
      await usage.close(mostMs)
      await Promise.all([budgets.close(), service.close()])
    },
  }
}
