import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { replaceFile } from './replace-file.ts'

const folder = mkdtempSync(path.join(os.tmpdir(), 'replace-file-'))
const file = path.join(folder, 'out.csv')
beforeEach(() => writeFileSync(file, 'before'))
afterAll(() => rmSync(folder, { recursive: true }))

test('a file takes the place of the one before, when it is complete', async () => {
  await replaceFile(file, async (append) => {
    for (let line = 0; line < 30_000; line++) await append(`line ${line}\n`)
    expect(readFileSync(file, 'utf8')).toBe('before')
  })
  const lines = readFileSync(file, 'utf8').split('\n')
  expect([lines.length, lines[0], lines[29_999], lines[30_000]]).toEqual([30_001, 'line 0', 'line 29999', ''])
  expect(readdirSync(folder)).toEqual(['out.csv'])
})

test('a file that cannot be completed leaves the one before, and nothing else', async () => {
  const failing = replaceFile(file, async (append) => {
    await append('x'.repeat(100_000))
    throw new Error('half-way')
  })
  await expect(failing).rejects.toThrow(new Error('half-way'))
  expect(readFileSync(file, 'utf8')).toBe('before')
  expect(readdirSync(folder)).toEqual(['out.csv'])
})
