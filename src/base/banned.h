/* banned.h - force-included before every source file: calls that this house does not make.
 *
 * The standard headers come first, so that their own declarations stay whole. Rooms that wrap a
 * foreign library define MOTCUA_ADAPTER and may allocate by hand; nobody may use the rest. */
#ifndef BASE_BANNED_H
#define BASE_BANNED_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define BANNED(call) sorry_##call##_is_banned_see_base_banned_h
#define strcpy(...)    BANNED(strcpy)
#define strcat(...)    BANNED(strcat)
#define strncpy(...)   BANNED(strncpy)
#define strncat(...)   BANNED(strncat)
#define sprintf(...)   BANNED(sprintf)
#define vsprintf(...)  BANNED(vsprintf)
#define strtok(...)    BANNED(strtok)
#define atoi(...)      BANNED(atoi)
#define atol(...)      BANNED(atol)
#define strtol(...)    BANNED(strtol)
#define strtoul(...)   BANNED(strtoul)
#define sscanf(...)    BANNED(sscanf)
#define scanf(...)     BANNED(scanf)
#define gmtime(...)    BANNED(gmtime)
#define localtime(...) BANNED(localtime)
#define rand(...)      BANNED(rand)
#define srand(...)     BANNED(srand)
#ifndef MOTCUA_ADAPTER
#define malloc(...)  BANNED(malloc)
#define calloc(...)  BANNED(calloc)
#define realloc(...) BANNED(realloc)
#define free(...)    BANNED(free)
#define time(...)    BANNED(time)
#endif

#endif
