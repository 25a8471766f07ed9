#include "knowledge.sql.h"
