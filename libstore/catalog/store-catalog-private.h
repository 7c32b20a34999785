/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-kind.h"

G_BEGIN_DECLS

extern const StoreKind store_kind_party;
extern const StoreKind store_kind_party_link;
extern const StoreKind store_kind_contact_point;
extern const StoreKind store_kind_address;
extern const StoreKind store_kind_tag;
extern const StoreKind store_kind_tagging;
extern const StoreKind store_kind_activity;
extern const StoreKind store_kind_activity_link;
extern const StoreKind store_kind_task;
extern const StoreKind store_kind_pipeline;
extern const StoreKind store_kind_stage;
extern const StoreKind store_kind_deal;
extern const StoreKind store_kind_product;
extern const StoreKind store_kind_document;
extern const StoreKind store_kind_document_line;
extern const StoreKind store_kind_saved_view;
extern const StoreKind store_kind_setting;

G_END_DECLS
