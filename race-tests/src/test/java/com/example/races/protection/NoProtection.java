package com.example.races.protection;

import java.util.Map;
import java.util.TreeMap;

/** Constraints, and conditions of statements, that keep no race harmless, each with the reason. */
final class NoProtection {

    private static final String ONE_ROW = "says what one row may look like, whoever else writes";
    private static final String RANDOM = "an identifier that nobody else thinks of, or that the database numbers";
    private static final String NEVER_DELETED = "what it refers to is never deleted by the application";
    private static final String LIBRARY = "kept by Spring Session or db-scheduler, which alone write these tables";

    static Map<String, String> all() {
        var reasons = new TreeMap<String, String>();
        add(reasons, ONE_ROW,
                "generation_job_kind_known generation_job_state_known generation_job_ended"
                        + " idempotency_key_caller_length idempotency_key_length idempotency_key_fingerprint_form"
                        + " idempotency_key_successes_only webhook_delivery_id_length"
                        + " organization_key_length organization_name_not_blank organization_name_length"
                        + " organization_seats_not_negative workspace_name_not_blank workspace_name_length"
                        + " app_user_issuer_not_blank app_user_issuer_length app_user_subject_not_blank"
                        + " app_user_subject_length app_user_email_not_blank app_user_email_length"
                        + " app_user_display_name_not_blank app_user_display_name_length app_user_handle_form"
                        + " app_user_contact_email_has_a_key app_user_contact_email_length"
                        + " membership_role_known audit_entry_actor_not_blank audit_entry_actor_length"
                        + " audit_entry_action_form audit_entry_target_length"
                        + " invitation_token_hash_length invitation_expires_later document_title_not_blank"
                        + " document_title_length document_text_length document_version_positive"
                        + " resource_name_not_blank resource_name_length resource_capacity_range"
                        + " booking_places_range project_name_not_blank project_name_length"
                        + " project_asset_count_not_negative project_version_positive asset_name_not_blank"
                        + " asset_name_length asset_text_length asset_version_positive lease_name_form"
                        + " lease_token_positive lease_checkpoint_length");
        add(reasons, RANDOM,
                "audit_entry_pkey invitation_pkey invitation_token_hash_unique document_pkey resource_pkey booking_pkey"
                        + " project_pkey asset_pkey generation_job_pkey");
        add(reasons, NEVER_DELETED,
                "workspace_organization_fkey membership_user_fkey invitation_organization_fkey"
                        + " invitation_accepted_by_fkey document_workspace_fkey resource_workspace_fkey"
                        + " booking_resource_fkey booking_user_fkey project_workspace_fkey lease_workspace_fkey"
                        + " lease_holder_fkey");
        add(reasons, LIBRARY,
                "scheduled_tasks_pkey spring_session_pkey spring_session_id_unique spring_session_attributes_pkey"
                        + " spring_session_attributes_session_fkey");
        return reasons;
    }

    /** The words of the conditions, as the application's source has them. */
    static Map<String, String> conditions() {
        return Map.of(
                "expires_at > now()", "compares with the clock what nobody changes",
                "expires_at > clock_timestamp()", "of whoever took the lease over since, the token tells",
                "(b.user_id = :user or :owner)", "whose a booking is never changes, and owners cancel any",
                "seats <> :seats", "whoever sets the same number again changes nothing",
                "received_at <= now() - interval '7 days'", "nobody uses it anew: once it is old it stays so");
    }

    private static void add(Map<String, String> reasons, String reason, String names) {
        for (var name : names.split(" ")) {
            reasons.put(name, reason);
        }
    }
}
