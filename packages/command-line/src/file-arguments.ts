import { statSync } from 'node:fs'
import path from 'node:path'

/** The whole path of a file to read; throws a sentence that names the option when nothing, or no file, is there. */
export function inputFile(option: string, value: string | undefined, usage: string): string {
  const file = pathOf(option, value, usage)
  const found = statSync(file, { throwIfNoEntry: false })
  if (!found) throw new Error(`${option}: there is no file ${file}.`)
  if (!found.isFile()) throw new Error(`${option}: ${file} is not a file.`)
  return file
}

/** The whole path of a file to write, there or not; throws a sentence that names the option when none can be there. */
export function outputFile(option: string, value: string | undefined, usage: string): string {
  const file = pathOf(option, value, usage)
  const found = statSync(file, { throwIfNoEntry: false })
  if (found?.isDirectory() === true) throw new Error(`${option}: ${file} is a folder.`)
  const folder = path.dirname(file)
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new Error(`${option}: there is no folder ${folder}.`)
  }
  return file
}

/** The whole path of a folder to read from; throws a sentence that names the option when nothing, or no folder, is there. */
export function inputFolder(option: string, value: string | undefined, usage: string): string {
  if (value === undefined) throw new Error(`${option} is missing. Usage: ${usage}`)
  if (value.trim() === '') throw new Error(`${option} takes the path of a folder, not nothing. Usage: ${usage}`)
  const folder = wholePath(value)
  const found = statSync(folder, { throwIfNoEntry: false })
  if (!found) throw new Error(`${option}: there is no folder ${folder}.`)
  if (!found.isDirectory()) throw new Error(`${option}: ${folder} is not a folder.`)
  return folder
}

function pathOf(option: string, value: string | undefined, usage: string): string {
  if (value === undefined) throw new Error(`${option} is missing. Usage: ${usage}`)
  if (value.trim() === '') throw new Error(`${option} takes the path of a file, not nothing. Usage: ${usage}`)
  return wholePath(value)
}

/** As typed: the package manager that runs a command changes the folder first. */
function wholePath(value: string): string {
  return path.resolve(process.env['INIT_CWD'] ?? '.', value)
}
