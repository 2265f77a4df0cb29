import type { WriteStream } from 'node:tty'

export interface Bar {
  advance(by: number): void
  done(note?: string): void
}

/** Tells a person what takes its time: a bar that is redrawn on a terminal, a line per quarter elsewhere. */
export interface Progress {
  step(text: string): void
  bar(label: string, total: number): Bar
}

const width = 24
const redrawMs = 100

export function progressOn(stream: WriteStream | NodeJS.WriteStream): Progress {
  return {
    step: (text) => void stream.write(`  ${text}\n`),
    bar(label, total) {
      const startedAt = Date.now()
      let at = 0
      let shown = stream.isTTY ? 0 : -1
      const draw = (share: number) => {
        const full = Math.round(share * width)
        return `  ${label.padEnd(28)} ${'█'.repeat(full)}${'░'.repeat(width - full)} ${String(Math.floor(share * 100)).padStart(3)} %`
      }
      return {
        advance(by) {
          at += by
          const share = Math.min(at / total, 0.99)
          if (stream.isTTY) {
            if (Date.now() - shown < redrawMs) return
            shown = Date.now()
            stream.write(`\r${draw(share)}`)
          } else if (Math.floor(share * 4) > shown) {
            shown = Math.floor(share * 4)
            stream.write(`${draw(share)}\n`)
          }
        },
        done(note) {
          const seconds = ((Date.now() - startedAt) / 1000).toFixed(1)
          stream.write(`${stream.isTTY ? '\r' : ''}${draw(1)}  ${seconds} s${note ? `, ${note}` : ''}\n`)
        },
      }
    },
  }
}
