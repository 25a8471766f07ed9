#include "../people/people.h"
