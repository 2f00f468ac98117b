// What somebody's script does with jsforce.
import jsforce from 'jsforce'

const field = 'HasOptedOutOfEmail'
const connection = new jsforce.Connection({
  instanceUrl: process.env.SALESFORCE,
  accessToken: 'any',
  version: '62.0',
})

console.log('who', (await connection.identity()).user_id.slice(0, 3))

const rows = []
let page = await connection.query('SELECT Id, Email FROM Contact ORDER BY Email', {
  headers: { 'Sforce-Query-Options': 'batchSize=200' },
})
rows.push(...page.records)
while (!page.done) {
  page = await connection.queryMore(page.nextRecordsUrl)
  rows.push(...page.records)
}
console.log('rows', rows.length, rows[0].Email)

const described = await connection.sobject('Contact').describe()
console.log('describe', described.fields.find((one) => one.name === field).type)

const updated = await connection.sobject('Contact').update({ Id: rows[0].Id, [field]: true })
console.log('update', updated.success)
try {
  await connection.sobject('Contact').update({ Id: rows[7].Id, [field]: true })
} catch (error) {
  console.log('refused', error.errorCode, error.message)
}
const many = await connection.sobject('Contact').update(
  [7, 8].map((n) => ({ Id: rows[n].Id, [field]: true })),
  { allOrNone: false },
)
console.log('collection', ...many.map((one) => one.success))

const ticked = await connection.sobject('Contact').find({ [field]: true }, ['Id']).limit(10)
console.log('ticked', ticked.length)
const made = await connection.sobject('Lead').create({ LastName: 'Made', Company: 'C' })
const lead = await connection.sobject('Lead').retrieve(made.id)
console.log('made', lead.Name)
console.log('deleted', (await connection.sobject('Lead').destroy(made.id)).success)
const job = await connection.bulk2.loadAndWaitForResults({
  object: 'Contact',
  operation: 'update',
  input: [7, 9].map((n) => ({ Id: rows[n].Id, [field]: true })),
  pollInterval: 100,
})
console.log('bulk', job.successfulResults.length, job.failedResults.length, job.unprocessedRecords.length)
