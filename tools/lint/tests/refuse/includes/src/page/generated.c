#include "item.tmpl.h"
