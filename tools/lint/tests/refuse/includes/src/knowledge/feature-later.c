#include "programme.h"
