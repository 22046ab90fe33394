"""Is what is seen here what others see?"""
