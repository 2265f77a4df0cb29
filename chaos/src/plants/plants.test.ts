import { readFileSync } from 'node:fs'
import path from 'node:path'
import { root } from '@cartograph/local-stack'
import { expect, test } from 'vitest'
import { edited } from './plant.ts'
import { plants } from './plants.ts'

test.each(Object.entries(plants))('%s fits the sources as they are', (_, { edits }) => {
  expect(edits.length).toBeGreaterThan(0)
  for (const edit of edits) {
    const source = readFileSync(path.join(root, edit.file), 'utf8')
    expect(edited(source, edit)).not.toBe(source)
  }
})

test('a text that is not there, or twice, is an error that names the file', () => {
  const edit = { file: 'a.ts', find: 'x', replace: 'y' }
  expect(edited('an x', edit)).toBe('an y')
  expect(() => edited('none', edit)).toThrow('a.ts')
  expect(() => edited('x and x', edit)).toThrow('a.ts')
})
