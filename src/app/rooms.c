#include "rooms.h"
#include "account.h"
#include "admin.h"
#include "assessment.h"
#include "benchlearning.h"
#include "benchmark_web.h"
#include "comparing.h"
#include "delivery.h"
#include "dialogue.h"
#include "editing.h"
#include "feedback.h"
#include "files.h"
#include "knowledge.h"
#include "reading.h"
#include "mail.h"
#include "network_web.h"
#include "page.h"
#include "programme.h"
#include "signin.h"
#include "stories.h"

const struct route *const rooms[] = {
        account_routes,
        programme_routes,
        search_routes,
        site_routes,
        open_data_routes,
        sitemap_routes,
        network_routes,
        knowledge_routes,
        editing_routes,
        history_routes,
        stories_routes,
        assessment_routes,
        assessment_lead_routes,
        dialogue_routes,
        dialogue_desk_routes,
        reading_routes,
        follow_routes,
        benchmark_routes,
        comparing_routes,
        delivery_routes,
        delivery_office_routes,
        delivery_release_routes,
        delivery_api_routes,
        benchlearning_register_routes,
        benchlearning_rivals_routes,
        benchlearning_meeting_routes,
        benchlearning_effect_routes,
        benchlearning_method_routes,
        benchlearning_study_routes,
        feedback_routes,
        helped_routes,
        files_routes,
        signin_routes,
        signin_second_routes,
        signin_passkey_routes,
        signin_link_routes,
        signin_register_routes,
        signin_reset_routes,
        signin_invitation_routes,
        signin_organisation_routes,
        signin_settings_routes,
        admin_routes,
        organisation_routes,
        NULL,
};

const struct kept *const rooms_kept[] = {
        people_kept,
        files_kept,
        knowledge_kept,
        editing_kept,
        stories_kept,
        assessment_kept,
        dialogue_kept,
        reading_kept,
        comparing_kept,
        delivery_kept,
        benchlearning_kept,
        NULL,
};

const struct retention_rule *const rooms_retention[] = {
        people_retention,
        feedback_retention,
        files_retention,
        editing_retention,
        assessment_retention,
        dialogue_retention,
        delivery_retention,
        benchlearning_retention,
        programme_retention,
        NULL,
};

const struct item_extra *const rooms_item_extras[] = { &benchlearning_item_extra, &dialogue_item_extra, &helped_item_extra, NULL };

static enum err send_mail(struct job_context *c) {
        const struct site *site = c->app;
        return mail_send_with(c, site->mailer);
}

const struct job_kind job_kinds[] = {
        { .name = MAIL_SEND_JOB, .run = send_mail },
        RETENTION_JOB,
        EDITING_LINKS_JOB,
        ADMIN_TRAIL_JOB,
        ASSESSMENT_JOB,
        FILES_SWEEP_JOB,
        FOLLOW_MAIL_JOB,
        FIGURES_MAIL_JOB,
        DIALOGUE_DIGEST_JOB,
        DELIVERY_REMIND_JOB,
        DELIVERY_RELEASE_JOB,
        PROGRAMME_MISSES_JOB,
        { 0 },
};
