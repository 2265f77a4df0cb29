import { existsSync, statSync } from 'node:fs'
import path from 'node:path'
import { defaultDataDir } from '../workspace.ts'

export function portOf(text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise
  const port = Number(text)
  if (!/^\d+$/.test(text) || port > 65_535) throw new Error(`--port takes a number from 0 to 65535, not "${text}".`)
  return port
}

export function dataDirOf(text: string | undefined): string {
  if (text === undefined) return defaultDataDir
  if (text.trim() === '') throw new Error('--data-dir takes the path of a folder, not nothing.')
  const folder = path.resolve(process.env['INIT_CWD'] ?? '.', text)
  if (existsSync(folder) && !statSync(folder).isDirectory()) throw new Error(`--data-dir: ${folder} is not a folder.`)
  return folder
}
