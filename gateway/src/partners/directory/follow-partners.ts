import { mostPartnersOfOneQuestion } from '@cartograph/contracts'
import { type Logger, type Peer, UnansweredError } from '@cartograph/service-runtime/process'
import { setTimeout as pause } from 'node:timers/promises'
import { loadPartners, versionsOfPartners } from './load-partners.ts'
import type { PartnerDirectory } from './partner-directory.ts'

/** An event may have been missed: partners does not know every gateway. */
const lookEveryMs = 30_000
const shortestPauseMs = 100
const longestPauseMs = 5_000

export interface FollowedPartners {
  /** Has a partner that has changed asked for at once; what is known already is not. */
  changed(partnerId: string, version: number): void
  /** Resolves when nothing is asked for any more. */
  stop(): Promise<void>
}

export interface FollowOptions {
  readonly directory: PartnerDirectory
  readonly partners: Peer
  readonly logger: Logger
  readonly lookEveryMs?: number
}

/**
 * Keeps `directory` up to date from now on, in the background: with all partners as soon as the service answers, with those
 * that `changed` names, and every 30 seconds with those whose versions say so. Partners are asked for by one question at a
 * time, again until they are answered as they were said to be. Meanwhile what is known goes on.
 */
export function followPartners(options: FollowOptions): FollowedPartners {
  const follower = new PartnerFollower(options)
  return { changed: (partnerId, version) => follower.changed(partnerId, version), stop: () => follower.stop() }
}

class PartnerFollower {
  readonly #options: FollowOptions
  /** The partners to be asked for, and the least version that each is to have then. */
  readonly #wanted = new Map<string, number>()
  readonly #stopping = new AbortController()
  readonly #timer: NodeJS.Timeout
  #wantsVersions = true
  #isFailing = false
  #underWay: Promise<void> | null = null
  #wake = (): void => {}

  constructor(options: FollowOptions) {
    this.#options = options
    this.#timer = setInterval(() => {
      this.#wantsVersions = true
      this.#begin()
    }, options.lookEveryMs ?? lookEveryMs)
    this.#begin()
  }

  changed(partnerId: string, version: number): void {
    this.#want(partnerId, version)
    this.#begin()
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer)
    this.#stopping.abort()
    await this.#underWay
  }

  #want(partnerId: string, version: number): void {
    const known = this.#options.directory.partner(partnerId)?.version ?? 0
    if (version > known) this.#wanted.set(partnerId, Math.max(version, this.#wanted.get(partnerId) ?? 0))
  }

  #begin(): void {
    if (this.#stopping.signal.aborted) return
    this.#wake()
    this.#underWay ??= this.#catchUp().finally(() => {
      this.#underWay = null
      // What was wanted while the last round ended.
      if (this.#wantsAny) this.#begin()
    })
  }

  get #wantsAny(): boolean {
    return this.#wantsVersions || this.#wanted.size > 0
  }

  async #catchUp(): Promise<void> {
    let pauseMs = shortestPauseMs
    while (this.#wantsAny && !this.#stopping.signal.aborted) {
      const isDone = await this.#step().catch((error: unknown) => this.#failed(error))
      if (isDone) {
        pauseMs = shortestPauseMs
        continue
      }
      await this.#pause(pauseMs)
      pauseMs = Math.min(pauseMs * 2, longestPauseMs)
    }
  }

  /** Waits, but no longer than until something else is wanted: a service that tells of a change answers again. */
  async #pause(ms: number): Promise<void> {
    const woken = new AbortController()
    this.#wake = () => woken.abort()
    const signal = AbortSignal.any([this.#stopping.signal, woken.signal])
    await pause(ms, null, { signal }).catch(() => {})
    this.#wake = () => {}
  }

  /** Asks for whom an event names, and then for all versions where that is due; false when something is wanted still. */
  async #step(): Promise<boolean> {
    const { directory, partners } = this.#options
    const asked = [...this.#wanted].slice(0, mostPartnersOfOneQuestion)
    const partnerIds = asked.map(([partnerId]) => partnerId)
    if (asked.length > 0) await loadPartners(directory, partners, partnerIds)
    const areThere = asked.map(([partnerId, version]) => this.#isThere(partnerId, version))
    if (this.#wantsVersions) await this.#look()
    this.#isFailing = false
    if (!this.#wantsAny) directory.isComplete = true
    return areThere.every(Boolean)
  }

  /** Has those asked for whose versions are others, and forgets those that are no more. */
  async #look(): Promise<void> {
    const { directory, partners } = this.#options
    const known = directory.partnerIds
    const wanted = [...this.#wanted]
    const versions = await versionsOfPartners(partners)
    this.#wantsVersions = false
    // An event came after its change: what the answer says of its partner is as late.
    for (const [partnerId, version] of wanted)
      if (this.#wanted.get(partnerId) === version) this.#wanted.delete(partnerId)
    for (const [partnerId, version] of versions) this.#want(partnerId, version)
    // One that was heard of meanwhile may be younger than the answer.
    for (const partnerId of known) if (!versions.has(partnerId)) directory.remove(partnerId)
  }

  /** Whether what was asked for has come; an event that came meanwhile may want a later version. */
  #isThere(partnerId: string, version: number): boolean {
    const known = this.#options.directory.partner(partnerId)
    const isThere = known === undefined || known.version >= version
    if (isThere && this.#wanted.get(partnerId) === version) this.#wanted.delete(partnerId)
    return isThere
  }

  #failed(error: unknown): false {
    const { logger } = this.#options
    const message = 'partners cannot be asked for; what is known of them goes on, and it is tried again'
    if (!(error instanceof UnansweredError)) logger.error({ err: error }, message)
    else if (!this.#isFailing) logger.warn({ err: error }, message)
    this.#isFailing = true
    return false
  }
}
