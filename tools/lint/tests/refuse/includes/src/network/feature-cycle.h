#include "people.h"
