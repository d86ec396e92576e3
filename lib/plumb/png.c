/*
 * png.c - libpng's simplified interface behind png.h.
 */
#include "plumb/png.h"

#include <png.h>

#include "plumb/arena.h"
#include "plumb/log.h"

void *
png_grey(struct arena *a, const unsigned char *pixels, unsigned width, unsigned height, size_t *n)
{
	png_image image = { .version = PNG_IMAGE_VERSION, .width = width, .height = height, .format = PNG_FORMAT_GRAY };
	png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX(image);
	void *out = arena_alloc(a, size);

	if (!png_image_write_to_memory(&image, out, &size, 0, pixels, 0, NULL)) {
		log_error("png: %s", image.message);
		return NULL;
	}
	*n = size;
	return out;
}
