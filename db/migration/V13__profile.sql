-- What people choose themselves. The address in the token stays what the provider says; this one is for being reached.
alter table app_user
    add column handle text,
    add column contact_email text,
    add column contact_email_key text,
    add constraint app_user_handle_unique unique (handle),
    add constraint app_user_handle_form check (handle ~ '^[a-z0-9](-?[a-z0-9]){1,38}$'),
    -- One address has many spellings and one key.
    add constraint app_user_contact_email_key_unique unique (contact_email_key),
    add constraint app_user_contact_email_key_normalised check (
        contact_email_key = lower(contact_email_key collate "C") and contact_email_key is nfkc normalized),
    add constraint app_user_contact_email_has_a_key check ((contact_email is null) = (contact_email_key is null)),
    add constraint app_user_contact_email_length check (char_length(contact_email) <= 255);
