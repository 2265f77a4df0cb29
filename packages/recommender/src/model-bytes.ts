import { basketFeatures } from './basket-choice.ts'
import type { DiscoveryBlend, Model } from './model.ts'
import type { SparseRows } from './models/sparse-rows.ts'

/** Raised with every change of what a model holds or what its parts mean: one of another format is fitted anew. */
export const modelFormat = 1

interface Header {
  readonly format: number
  readonly itemCount: number
  readonly affinityUnit: number
  readonly successionUnit: number
  readonly discovery: DiscoveryBlend
  readonly basketFeatures: readonly string[]
  /** Bytes of each array, in the order of `arraysOf`. */
  readonly lengths: readonly number[]
}

/** A model as bytes, of which `decodeModel` makes the same again: a length, a header in JSON, and the arrays, each at a multiple of 8. */
export function encodeModel(model: Model): Uint8Array {
  const arrays = [
    model.affinity.starts,
    model.affinity.columns,
    model.affinity.values,
    model.succession.starts,
    model.succession.columns,
    model.succession.values,
    model.repeatShares,
    model.basket,
  ]
  const header: Header = {
    format: modelFormat,
    itemCount: model.itemCount,
    affinityUnit: model.affinityUnit,
    successionUnit: model.successionUnit,
    discovery: model.discovery,
    basketFeatures,
    lengths: arrays.map(({ byteLength }) => byteLength),
  }
  const text = new TextEncoder().encode(JSON.stringify(header))
  const headerEnd = aligned(4 + text.length)
  const bytes = new Uint8Array(arrays.reduce((end, { byteLength }) => end + aligned(byteLength), headerEnd))
  new DataView(bytes.buffer).setUint32(0, text.length, true)
  bytes.set(text, 4)
  let at = headerEnd
  for (const { buffer, byteOffset, byteLength } of arrays) {
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength), at)
    at += aligned(byteLength)
  }
  return bytes
}

/** The model of these bytes, or null when they are of another format. Throws on anything that `encodeModel` never made. */
export function decodeModel(bytes: Uint8Array): Model | null {
  // A copy begins at a multiple of 8, which the arrays need, and lives on without what else the bytes were cut from.
  const { buffer } = bytes.slice()
  const length = new DataView(buffer).getUint32(0, true)
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length))) as Header
  if (header.format !== modelFormat || header.basketFeatures.join() !== basketFeatures.join()) return null
  let at = aligned(4 + length)
  const places = header.lengths.map((byteLength) => {
    const place = { at, byteLength }
    at += aligned(byteLength)
    return place
  })
  const rows = (first: number): SparseRows => ({
    columnCount: header.itemCount,
    starts: new Uint32Array(buffer, places[first]!.at, places[first]!.byteLength / 4),
    columns: new Uint32Array(buffer, places[first + 1]!.at, places[first + 1]!.byteLength / 4),
    values: new Float32Array(buffer, places[first + 2]!.at, places[first + 2]!.byteLength / 4),
  })
  const numbers = (place: number) => new Float64Array(buffer, places[place]!.at, places[place]!.byteLength / 8)
  return {
    itemCount: header.itemCount,
    affinity: rows(0),
    succession: rows(3),
    affinityUnit: header.affinityUnit,
    successionUnit: header.successionUnit,
    repeatShares: numbers(6),
    discovery: header.discovery,
    basket: numbers(7),
  }
}

function aligned(length: number): number {
  return Math.ceil(length / 8) * 8
}
