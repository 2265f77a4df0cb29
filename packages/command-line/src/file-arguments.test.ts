import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { inputFile, inputFolder, outputFile } from './file-arguments.ts'

const folder = mkdtempSync(path.join(os.tmpdir(), 'file-arguments-'))
const file = path.join(folder, 'file.csv')
writeFileSync(file, '')
afterAll(() => rmSync(folder, { recursive: true }))

describe('a file to read', () => {
  test('is there, by its whole path', () => {
    expect(inputFile('--orders', path.relative(process.env['INIT_CWD'] ?? '.', file), 'U')).toBe(file)
  })

  test.each([
    [undefined, '--orders is missing. Usage: U'],
    [' ', '--orders takes the path of a file, not nothing. Usage: U'],
    [`${file}x`, `--orders: there is no file ${file}x.`],
    [folder, `--orders: ${folder} is not a file.`],
  ])('%j is refused', (value, message) => {
    expect(() => inputFile('--orders', value, 'U')).toThrow(new Error(message))
  })
})

describe('a folder to read from', () => {
  test('is there, by its whole path', () => {
    expect(inputFolder('DIR', path.relative(process.env['INIT_CWD'] ?? '.', folder), 'U')).toBe(folder)
  })

  test.each([
    [undefined, 'DIR is missing. Usage: U'],
    [' ', 'DIR takes the path of a folder, not nothing. Usage: U'],
    [`${folder}x`, `DIR: there is no folder ${folder}x.`],
    [file, `DIR: ${file} is not a folder.`],
  ])('%j is refused', (value, message) => {
    expect(() => inputFolder('DIR', value, 'U')).toThrow(new Error(message))
  })
})

describe('a file to write', () => {
  test.each([file, `${file}.new`])('%s may be there or not', (value) => {
    expect(outputFile('--json', value, 'U')).toBe(value)
  })

  test.each([
    [undefined, '--json is missing. Usage: U'],
    [folder, `--json: ${folder} is a folder.`],
    [path.join(folder, 'none', 'a.json'), `--json: there is no folder ${path.join(folder, 'none')}.`],
    [path.join(file, 'a.json'), `--json: there is no folder ${file}.`],
  ])('%j is refused', (value, message) => {
    expect(() => outputFile('--json', value, 'U')).toThrow(new Error(message))
  })
})
