#include "jobs.h"
#include "db.h"
