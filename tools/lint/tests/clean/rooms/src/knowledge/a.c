#include "inside.h"
#include "people.h"
#include "item.tmpl.h"
#include "knowledge.sql.h"
#include "page.h"
#include "search.h"
#include <stdio.h>
/*
#include "app.h"
*/
