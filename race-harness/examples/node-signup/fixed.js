'use strict';

// Lets the database decide: a unique constraint, and an INSERT that finds out that somebody else was first.

exports.schema = `
  CREATE SCHEMA IF NOT EXISTS fixed;
  CREATE TABLE IF NOT EXISTS fixed.users (
    id    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    email text NOT NULL UNIQUE)`;

exports.signUp = async (client, email) => {
  await client.query('INSERT INTO fixed.users (email) VALUES ($1) ON CONFLICT (email) DO NOTHING', [email]);
  return { status: 200, body: { email } };
};
