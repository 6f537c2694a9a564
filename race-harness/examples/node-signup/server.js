'use strict';

// node server.js broken|fixed [PORT]   The database is the one of PGHOST, PGPORT, PGDATABASE, PGUSER and PGPASSWORD.

const http = require('node:http');
const { Pool } = require('pg');

const form = process.argv[2];
if (form !== 'broken' && form !== 'fixed') {
  console.error('Expected: node server.js broken|fixed [PORT]');
  process.exit(2);
}
const { schema, signUp } = require(`./${form}.js`);
const pool = new Pool({ max: 5 });

async function answer(request) {
  const url = new URL(request.url, 'http://localhost');
  const email = url.searchParams.get('email');
  if (request.method !== 'POST' || url.pathname !== '/users' || !email) {
    return { status: 404, body: { expected: 'POST /users?email=...' } };
  }
  const client = await pool.connect();
  try {
    return await signUp(client, email);
  } catch (failure) {
    await client.query('ROLLBACK').catch(() => {});
    return { status: 500, body: { error: failure.code } };
  } finally {
    client.release();
  }
}

const server = http.createServer(async (request, response) => {
  const { status, body } = await answer(request);
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body) + '\n');
});

async function start() {
  await pool.query(schema);
  server.listen(Number(process.argv[3] ?? 0), '127.0.0.1', () => {
    console.log(`http://127.0.0.1:${server.address().port}`);
  });
}

start();
