import { defineConfig } from 'prisma/config'

// Only the CLI reads this, to author migrations; services are given DATABASE_URL and apply migrations themselves.
export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env['DATABASE_URL'] ?? '' },
})
