#include "rooms.h"
#include "account.h"
#include "admin.h"
#include "benchmark_web.h"
#include "dialogue.h"
#include "feedback.h"
#include "knowledge.h"
#include "mail.h"
#include "network_web.h"
#include "page.h"
#include "programme.h"
#include "signin.h"

const struct route *const rooms[] = {
        account_routes, programme_routes, search_routes, site_routes, network_routes, knowledge_routes, benchmark_routes, feedback_routes,
        signin_routes, signin_second_routes, signin_passkey_routes, signin_link_routes, signin_register_routes, signin_reset_routes,
        signin_invitation_routes, signin_organisation_routes, signin_settings_routes, admin_routes, organisation_routes,
        dialogue_routes, dialogue_desk_routes, helped_routes,
        NULL,
};

const struct kept *const rooms_kept[] = { people_kept, knowledge_kept, dialogue_kept, NULL };

const struct retention_rule *const rooms_retention[] = { people_retention, feedback_retention, dialogue_retention, programme_retention, NULL };

const struct item_part *const rooms_item_parts[] = { &dialogue_item_part, &helped_item_part, NULL };

static enum err send_mail(struct job_context *c) {
        const struct site *site = c->app;
        return mail_send_with(c, site->mailer);
}

const struct job_kind job_kinds[] = {
        { .name = MAIL_SEND_JOB, .run = send_mail },
        RETENTION_JOB,
        ADMIN_TRAIL_JOB,
        DIALOGUE_DIGEST_JOB,
        PROGRAMME_MISSES_JOB,
        { 0 },
};
