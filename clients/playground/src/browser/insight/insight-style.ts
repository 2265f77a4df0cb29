/** In the colours of the laboratory, light or dark as it is. */
export const insightStyle = `
:host { display: block; height: 100%; overflow: auto; font: 13px/1.45 ui-sans-serif, system-ui, sans-serif;
  color: hsl(var(--foreground)); background: hsl(var(--card)) }
:host > div { padding: 12px 16px 24px }
:host(:focus-visible) { outline: 2px solid hsl(var(--ring)); outline-offset: -2px }
.nothing { display: grid; place-content: center; height: 100%; margin: 0; color: hsl(var(--muted-foreground)) }
.summary { display: flex; flex-wrap: wrap; gap: 4px 8px; margin: 0 0 12px }
.summary span { padding: 1px 8px; border: 1px solid hsl(var(--border)); border-radius: 6px; white-space: nowrap }
.summary .cost { border-color: hsl(var(--primary)) }
table { width: 100%; border-collapse: collapse; margin-bottom: 20px }
caption { text-align: left; font-weight: 600; padding-bottom: 4px }
th, td { text-align: left; font-weight: 400; vertical-align: top; padding: 5px 14px 5px 0;
  border-top: 1px solid hsl(var(--border)) }
thead th { border-top: 0; padding-top: 2px; color: hsl(var(--color-neutral-10)); font-size: 12px }
tr > :last-child { padding-right: 0 }
.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums }
.time-line tr > :first-child { width: 100%; min-width: 180px; padding-right: 20px }
.service { font-weight: 600 }
.note, .failure { font-size: 12px; white-space: nowrap }
.note { margin-left: 4px; color: hsl(var(--color-neutral-10)) }
.failure { color: hsl(var(--destructive)); font-weight: 600 }
code { font: 12px/1.5 ui-monospace, Menlo, Consolas, monospace; overflow-wrap: anywhere }
.fields code { white-space: nowrap }
.place { display: block; color: hsl(var(--color-neutral-10)) }
.lane { position: relative; height: 12px; margin: 3px 0; border-radius: 3px; background: hsl(var(--muted)) }
.bar { position: absolute; top: 0; bottom: 0; min-width: 2px; border-radius: 3px; background: hsl(var(--primary)) }
.planning .bar { background: hsl(var(--color-neutral-8)) }
.failed .bar { background: repeating-linear-gradient(45deg, hsl(var(--destructive)) 0 6px, hsl(var(--muted)) 6px 9px) }
.scale { display: flex; justify-content: space-between; font-variant-numeric: tabular-nums }
`
