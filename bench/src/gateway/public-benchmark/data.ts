/** As many rows, and texts as long, as the public benchmark's: a gateway's work is in their number and their size. */
export const users = [
  ['Ada Lovelace', 'adal1'],
  ['Alan Turing', 'alanturing'],
  ['Grace Hopper.', 'gracehopper2'],
  ['Edsger Dijkst', 'edsgerd'],
  ['Barb Liskov', 'barbliskov'],
  ['Donald Knuth', 'donald'],
].map(([name, username], index) => ({ id: String(index + 1), name, username, birthday: 1_234_567_890 }))

export const products = [
  { name: 'Table', price: 899, weight: 100, inStock: true },
  { name: 'Couch', price: 1299, weight: 1000, inStock: false },
  { name: 'Glass', price: 15, weight: 20, inStock: false },
  { name: 'Chair', price: 499, weight: 100, inStock: false },
  { name: 'TV', price: 1299, weight: 1000, inStock: true },
  { name: 'Lamp', price: 6999, weight: 300, inStock: true },
  { name: 'Grill', price: 3999, weight: 2000, inStock: true },
  { name: 'Fridge', price: 100_000, weight: 6000, inStock: false },
  { name: 'Sofa', price: 9999, weight: 800, inStock: true },
].map((product, index) => ({ upc: String(index + 1), ...product }))

/** Of each review, which product it is about and how long it is. */
export const reviews = [
  ['1', 445],
  ['1', 289],
  ['1', 275],
  ['1', 143],
  ['2', 445],
  ['2', 289],
  ['2', 275],
  ['2', 143],
  ['3', 143],
  ['4', 143],
  ['4', 844],
].map(([upc, length], index) => ({ id: String(index + 1), body: prose(Number(length)), upc }))

function prose(length: number): string {
  return 'It came on time, fits its corner, and has been used every day since; the colour is what the page shows. '
    .repeat(Math.ceil(length / 100))
    .slice(0, length)
}
