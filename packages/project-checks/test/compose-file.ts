import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'yaml'
import { root } from '../src/root.ts'

export type Variables = Readonly<Record<string, string>>

export interface ComposeService {
  readonly environment: Variables
  readonly [key: string]: unknown
}

export const composeText = readFileSync(path.join(root, 'docker-compose.yml'), 'utf8')

export const { services: composeServices } = parse(composeText, { merge: true }) as {
  readonly services: Readonly<Record<string, ComposeService>>
}

/** The variables that docker/make-env.mjs writes, made anew in `folder`. */
export function newSecrets(folder: string): Record<string, string> {
  const file = path.join(folder, 'docker.env')
  execFileSync(process.execPath, [path.join(root, 'docker', 'make-env.mjs'), file], { stdio: 'ignore' })
  return variablesOf(readFileSync(file, 'utf8'))
}

/** The variables of an .env file; single quotes around a value are no part of it. */
export function variablesOf(text: string): Record<string, string> {
  const lines = [...text.matchAll(/^([A-Z_]+)=(?:'(.*)'|(.*))$/gm)]
  return Object.fromEntries(lines.map(([, name, quoted, bare]) => [name, quoted ?? bare]))
}

/** The environment that docker-compose.yml gives a service; throws when a variable that must be set is not. */
export function composeEnvironment(service: string, variables: Variables): Record<string, string> {
  const { environment } = composeServices[service]!
  return Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, interpolate(value, variables)]))
}

function interpolate(text: string, variables: Variables): string {
  return text.replaceAll(/\$\{([A-Z_]+):([-?])([^}]*)\}/g, (_, name: string, operator: string, rest: string) => {
    const value = variables[name]
    if (value) return value
    if (operator === '?') throw new Error(`${name} is missing: ${rest}`)
    return rest
  })
}
