import { insightElement } from './browser/insight/insight-element.ts'

type Adaptation = { what: string; find: RegExp; replace: (match: string, ...groups: string[]) => string }

/** What the laboratory has no option for. Names are minified, so each pattern takes those it needs from the text. */
const ADAPTATIONS: Adaptation[] = [
  {
    what: 'draws the query plan at once, where it would write it out until told to draw',
    find: /useState\)\(`text`\)/g,
    replace: () => 'useState)(`visual`)',
  },
  {
    what: 'has a tab for the trace beside that of the plan, which is called so briefly that both have room',
    find: /\(0,[\w$]+\.jsx\)\([\w$]+,\{value:`query-plan`,className:`grow-0 rounded-sm`,children:`Query Plan`\}\)/g,
    replace: (tab) =>
      `${tab.replace('`Query Plan`', '`Plan`')},${tab.replace('`query-plan`', '`trace`').replace('`Query Plan`', '`Trace`')}`,
  },
  {
    what: 'shows our element in that tab',
    find: /(\(0,[\w$]+\.jsx\)\([\w$]+,\{value:`)query-plan(`,className:`overflow-hidden`,children:\(0,[\w$]+\.jsx\)\()[\w$]+,\{historyItem:([\w$]+)\}\)\}\)/g,
    replace: (content, before, between, item) =>
      `${content},${before}trace${between}\`${insightElement}\`,{ref:element=>{element&&(element.answer=${item}?.response)}})})`,
  },
  {
    what: 'fits the drawn plan into its panel, where most of it would lie outside',
    find: /([\w$]+)=\(0,([\w$]+)\.useCallback\)\(\(\)=>\{let\{width:[\w$]+,height:[\w$]+\}=([\w$]+),.{0,120}?console\.log\(\{container:[^}]*\}\);.{0,160}?\},\[\3\]\);return\(0,\2\.useEffect\)\(\(\)=>\{if\(([\w$]+)\.disableGestures/g,
    replace: (match, fit, react, size, props) =>
      match
        .replace(/console\.log\(\{[^}]*\}\);/, '')
        .replace(
          'return(',
          (start) => `(0,${react}.useEffect)(()=>{${size}.width&&!${props}.isChild&&${fit}()},[${fit}]);${start}`,
        ),
  },
  {
    what: 'draws each step of the plan once, where those of other entities lie in double on one another',
    find: /([\w$]+)&&\(\1\.icon=[\w$]+\(\1\.kind\),([\w$]+)\.push\(\1\)\)/g,
    replace: (match, node, nodes) => match.replace(`${nodes}.push`, (push) => `${nodes}.includes(${node})||${push}`),
  },
  {
    what: 'draws no edge from a parallel step into itself',
    find: /(\.children=\[\];for\(let ([\w$]+) of [\w$]+\.nodes\)[\w$]+\(\2,)[\w$]+(,[\w$]+\.children,)/g,
    replace: (_match, before, _node, after) => `${before}null${after}`,
  },
  {
    what: 'forgets the operation of another tab when the cursor is in none, where it would ask the server for that one',
    find: /(if\(([\w$]+)\?\.loc\)\{let .{0,600}?,([\w$]+)\.onOperationNameChange\?\.\(\2\.name\?\.value\?\?null\)\})/g,
    replace: (match, _all, _operation, props) => `${match}else ${props}.onOperationNameChange?.(null)`,
  },
  {
    what: 'opens the headers of an operation that has headers and no variables, where it always opens the variables',
    find: /(\{operation:([\w$]+),isReadOnly:[\w$]+,onOperationNameChange:.{0,200}?)defaultValue:`variables`/g,
    replace: (_match, before, operation) =>
      `${before}key:${operation}?.id,defaultValue:${operation}?.headers&&!${operation}.variables?\`headers\`:\`variables\``,
  },
  {
    what: 'hides the switch of preflight scripts, which the page’s policy keeps from running',
    find: /("aria-label":[\w$]+\?\.enabled\?`Disable preflight`)/g,
    replace: (match) => `style:{display:\`none\`},${match}`,
  },
  {
    what: 'hides the menu entry of preflight scripts',
    find: /children:`Preflight Script`/g,
    replace: (match) => `style:{display:\`none\`},${match}`,
  },
  {
    what: 'keeps the zoom of the drawn plan from covering the switch beside it',
    find: /grid w-96 grid-cols-\[1fr_auto_auto\]/g,
    replace: (match) => match.replace('w-96', 'w-72'),
  },
  ...[
    ['defaultSize:25,', 'defaultSize:20,'],
    ['minSize:10,defaultSize:40,', 'minSize:10,defaultSize:32,'],
    ['minSize:10,defaultSize:35,children:o', 'minSize:10,defaultSize:48,children:o'],
  ].map(([find = '', replace = '']) => ({
    what: 'gives the answer and its plan the most room',
    find: new RegExp(find, 'g'),
    replace: () => replace,
  })),
]

/**
 * The laboratory's script with our adaptations. Throws when one does not fit the text in exactly one place, which a
 * new version of the laboratory may bring about: adapt or drop it then.
 */
export function adaptLaboratory(script: string): string {
  return ADAPTATIONS.reduce((text, { what, find, replace }) => {
    const count = text.match(find)?.length ?? 0
    if (count !== 1)
      throw new Error(`The laboratory has changed: the adaptation that ${what} fits ${count} places, not 1`)
    return text.replace(find, replace)
  }, script)
}
