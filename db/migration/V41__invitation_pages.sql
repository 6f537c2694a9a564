-- Lists go by identifiers, which later invitations have later ones of.
drop index invitation_organization;

create index invitation_organization on invitation (organization_id, id);
