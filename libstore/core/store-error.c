#include "store-error.h"

G_DEFINE_QUARK (store-error-quark, store_error)
