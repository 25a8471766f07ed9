#include "rooms.h"
#include "benchmark_web.h"
#include "feedback.h"
#include "knowledge.h"
#include "network_web.h"
#include "programme.h"
#include "signin.h"

const struct route *const rooms[] = {
        programme_routes, site_routes, network_routes, knowledge_routes, benchmark_routes, feedback_routes,
        signin_routes, signin_second_routes, signin_passkey_routes, signin_link_routes, signin_register_routes, signin_reset_routes,
        signin_invitation_routes,
        NULL,
};

const struct job_kind job_kinds[] = {
        FEEDBACK_JOB,
        { 0 },
};
