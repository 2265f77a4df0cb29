import type { FieldInsight, FieldPermission } from '../../insight.ts'
import { cell, heading, view, type View } from './view.ts'

/** Which subgraphs own each field that was selected, and what it takes to see it. */
export function fieldTable(fields: readonly FieldInsight[]): View {
  const columns = ['Field', 'Owner', 'Needs'].map((name) => heading('col', name))
  return view(
    'table',
    { class: 'fields' },
    view('caption', {}, 'Fields'),
    view('thead', {}, view('tr', {}, ...columns)),
    view('tbody', {}, ...fields.map(row)),
  )
}

function row({ coordinate, owners, permission }: FieldInsight): View {
  return view(
    'tr',
    { class: permission && !permission.isGranted ? 'refused' : '' },
    heading('row', view('code', {}, coordinate)),
    cell('', owners.join(', ')),
    cell('', ...(permission ? needs(permission) : ['–'])),
  )
}

function needs({ authenticated, scopes, isGranted }: FieldPermission): View[] {
  const sets = scopes.map((set) => set.join(' and '))
  const asked = [...(authenticated ? ['signed in'] : []), ...(sets.length > 0 ? [sets.join(', or ')] : [])].join(', ')
  return [asked, ' ', view('span', { class: isGranted ? 'note' : 'failure' }, isGranted ? 'granted' : 'not granted')]
}
