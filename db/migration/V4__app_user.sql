create table app_user (
    id           uuid        not null,
    issuer       text        not null,
    subject      text        not null,
    email        text,
    display_name text        not null,
    created_at   timestamptz not null default now(),

    constraint app_user_pkey primary key (id),
    constraint app_user_issuer_subject_unique unique (issuer, subject),
    constraint app_user_issuer_not_blank check (btrim(issuer) <> ''),
    constraint app_user_issuer_length check (char_length(issuer) <= 255),
    constraint app_user_subject_not_blank check (btrim(subject) <> ''),
    constraint app_user_subject_length check (char_length(subject) <= 255),
    constraint app_user_email_not_blank check (btrim(email) <> ''),
    constraint app_user_email_length check (char_length(email) <= 255),
    constraint app_user_display_name_not_blank check (btrim(display_name) <> ''),
    constraint app_user_display_name_length check (char_length(display_name) <= 255)
);
