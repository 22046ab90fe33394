/* Memory for the engine outside Python: rooms for its caller, and what its own lists and sorted orders take.

   Rooms are reserved one behind the other, and given back together. What a call of an entry takes lies behind them, and
   the next call begins there anew. The five functions of Numba's runtime that compiled code calls keep the layout that
   it knows: numba/core/runtime/nrtdynmod.py. */

typedef unsigned long long word;
typedef __SIZE_TYPE__ size;

typedef struct {
    word references;
    void (*destroy)(void *);
    void *info;
    void *data;
    word bytes;
} MemInfo;

enum { HEADER = 64, LINE = 64, PAGE = 65536 };

extern char __heap_base;
static char *rooms_end = &__heap_base, *top = &__heap_base;

static char *aligned(char *place) { return (char *)(((size)place + LINE - 1) & ~(size)(LINE - 1)); }

/* Let memory reach to `end`; false where the machine has no more. */
static int reaches(char *end) {
    size need = ((size)end + PAGE - 1) / PAGE, have = __builtin_wasm_memory_size(0);
    return need <= have || __builtin_wasm_memory_grow(0, need - have) != (size)-1;
}

__attribute__((export_name("reserve"))) void *reserve(size bytes) {
    char *room = aligned(rooms_end);
    if (!reaches(room + bytes)) return 0;
    rooms_end = top = room + bytes;
    return room;
}

__attribute__((export_name("release"))) void release(void) { rooms_end = top = &__heap_base; }

void begin_call(void) { top = rooms_end; }

static MemInfo *taken(word bytes, void (*destroy)(void *)) {
    MemInfo *info = (MemInfo *)aligned(top);
    char *data = (char *)info + HEADER;
    if (!reaches(data + bytes)) return 0;
    *info = (MemInfo){1, destroy, 0, data, bytes};
    top = data + bytes;
    return info;
}

MemInfo *NRT_MemInfo_alloc_aligned(word bytes, unsigned align) {
    (void)align;
    return taken(bytes, 0);
}

MemInfo *NRT_MemInfo_new_varsize_dtor(word bytes, void (*destroy)(void *)) { return taken(bytes, destroy); }

void *NRT_MemInfo_varsize_realloc(MemInfo *info, word bytes) {
    char *old = info->data;
    char *fresh = old + info->bytes == top ? old : aligned(top);
    if (!reaches(fresh + bytes)) return 0;
    for (word i = 0; fresh != old && i < info->bytes && i < bytes; i++) fresh[i] = old[i];
    info->data = fresh;
    info->bytes = bytes;
    top = fresh + bytes;
    return fresh;
}

/* A block that is the last one gives its room back; any other's is lost until the next call. */
void NRT_MemInfo_call_dtor(MemInfo *info) {
    if (info->destroy) info->destroy(info->data);
    char *data = info->data;
    if (data + info->bytes == top) top = data == (char *)info + HEADER ? (char *)info : data;
}

void NRT_Free(void *block) { (void)block; }
