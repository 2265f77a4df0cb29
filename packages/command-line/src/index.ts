export { inputFile, inputFolder, outputFile } from './file-arguments.ts'
export { type Bar, type Progress, progressOn } from './progress.ts'
export { readArguments } from './read-arguments.ts'
export { runCommand } from './run-command.ts'
