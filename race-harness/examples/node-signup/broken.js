'use strict';

// Asks whether the user is there, then creates it: two requests at once both see nothing, and both create.

exports.schema = `
  CREATE SCHEMA IF NOT EXISTS broken;
  CREATE TABLE IF NOT EXISTS broken.users (
    id    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    email text NOT NULL)`;

exports.signUp = async (client, email) => {
  await client.query('BEGIN');
  const found = await client.query('SELECT id FROM broken.users WHERE email = $1', [email]);
  if (found.rowCount === 0) {
    await client.query('INSERT INTO broken.users (email) VALUES ($1)', [email]);
  }
  await client.query('COMMIT');
  return { status: 200, body: { email } };
};
