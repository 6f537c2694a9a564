-- Every table that the owner creates from here on is the application's to read and write.
-- Flyway's own history was created before this line and stays out of the application's reach.
-- The owner says this itself, because nobody else may without being the owner or a superuser.
alter default privileges in schema public
    grant select, insert, update, delete on tables to provisioning_app;
