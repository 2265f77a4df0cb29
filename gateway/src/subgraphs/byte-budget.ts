/** How many bytes there may be at a time, of all who share it: what one of them takes, the others have to do without. */
export class ByteBudget {
  readonly #most: number
  #taken = 0

  constructor(most: number) {
    this.#most = most
  }

  /** Takes `bytes` in any case, to be given back; answers whether they were there to be taken. */
  take(bytes: number): boolean {
    this.#taken += bytes
    return this.#taken <= this.#most
  }

  giveBack(bytes: number): void {
    this.#taken -= bytes
  }
}
