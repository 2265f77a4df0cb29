export const FIRST_NAMES: readonly string[] = [
  'Aisha', 'Alasdair', 'Amara', 'Anjali', 'Arthur', 'Beatriz', 'Ben', 'Bronwen', 'Carlos', 'Catriona', 'Chidi',
  'Chloe', 'Dafydd', 'Daniel', 'Deepa', 'Dilys', 'Eilidh', 'Elif', 'Emeka', 'Emily', 'Farah', 'Fergus', 'Fiona',
  'Gareth', 'Grace', 'Hana', 'Harriet', 'Hassan', 'Hiroshi', 'Ifeoma', 'Ines', 'Isaac', 'Jamal', 'Jasmine', 'José',
  'Joyce', 'Kasia', 'Kwame', 'Layla', 'Leon', 'Lin', 'Lucy', 'Magnus', 'Malik', 'Mei', 'Mohammed', 'Nadia', 'Niamh',
  'Oliver', 'Olu', 'Parveen', 'Patrick', 'Priya', 'Rafał', 'Rhys', 'Rosa', 'Ruth', 'Samir', 'Siân', 'Simone',
  'Tariq', 'Tomasz', 'Uma', 'Victor', 'Wei', 'Yasmin', 'Zainab', 'Zoë',
]

export const LAST_NAMES: readonly string[] = [
  'Abbott', 'Adeyemi', 'Ahmed', 'Almeida', 'Baker', 'Bannerman', 'Begum', 'Bianchi', 'Campbell', 'Chaudhry', 'Chen',
  'Clarke', 'Cohen', 'Davies', 'Demir', 'Diaz', 'Dlamini', 'Edwards', 'Eriksen', 'Evans', 'Fernandes', 'Fraser',
  'Ghosh', 'Grant', 'Gupta', 'Haddad', 'Hughes', 'Hussain', 'Ibrahim', 'Ito', 'Jackson', 'Jones', 'Kaur', 'Kelly',
  'Khan', 'Kowalska', 'Lam', 'Lewis', 'MacLeod', 'Mensah', 'Morgan', 'Müller', 'Murphy', 'Nguyen', 'Novak', 'Nwosu',
  "O'Brien", 'Okafor', 'Owusu', 'Park', 'Patel', 'Petrov', 'Quinn', 'Rahman', 'Reid', 'Roberts', 'Rossi', 'Santos',
  'Sharma', 'Singh', 'Smith', 'Taylor', 'Thomas', 'Turner', 'Walker', 'Williams', 'Wong', 'Wright', 'Young', 'Zhang',
]

/** A town with the letters its postcodes begin with. */
export const TOWNS: readonly { readonly city: string; readonly area: string }[] = [
  { city: 'Aberdeen', area: 'AB' },
  { city: 'Bath', area: 'BA' },
  { city: 'Belfast', area: 'BT' },
  { city: 'Birmingham', area: 'B' },
  { city: 'Brighton', area: 'BN' },
  { city: 'Bristol', area: 'BS' },
  { city: 'Cardiff', area: 'CF' },
  { city: 'Edinburgh', area: 'EH' },
  { city: 'Exeter', area: 'EX' },
  { city: 'Glasgow', area: 'G' },
  { city: 'Leeds', area: 'LS' },
  { city: 'Leicester', area: 'LE' },
  { city: 'Liverpool', area: 'L' },
  { city: 'Manchester', area: 'M' },
  { city: 'Norwich', area: 'NR' },
  { city: 'Nottingham', area: 'NG' },
  { city: 'Oxford', area: 'OX' },
  { city: 'Sheffield', area: 'S' },
  { city: 'Swansea', area: 'SA' },
  { city: 'York', area: 'YO' },
]

export const STREETS: readonly string[] = [
  'Alder Close', 'Beech Avenue', 'Canal Street', 'Chapel Lane', 'Church Road', 'Elm Grove', 'Foundry Row',
  'Garden Terrace', 'Heron Way', 'Hill Rise', 'Larch Drive', 'Manor Road', 'Market Street', 'Meadow View',
  'Mill Lane', 'Orchard Road', 'Park Crescent', 'Quarry Street', 'Rowan Close', 'School Lane', 'Station Road',
  'The Green', 'Victoria Terrace', 'Weir Lane',
]
